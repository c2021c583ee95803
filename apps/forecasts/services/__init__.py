"""Acts on the fleet, a module each subject."""
