"""What is made to be printed: letters, the yearly report, territory sheets."""
