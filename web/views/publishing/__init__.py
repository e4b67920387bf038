"""What members publish: announcements, experience sheets, calls."""
