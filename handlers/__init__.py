"""What people do, and what the assistant does about it: one folder for each subject."""
