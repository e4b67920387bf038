"""What happens where: who is at work, crowded and empty places, open needs, the sheet of a territory."""
