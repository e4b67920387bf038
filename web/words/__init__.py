"""What is said, by subject: refusals, rules, figures and their cautions. French first, then English."""
