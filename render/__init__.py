"""From typed scenes to a finished film: storyboard, timeline, plan, render segments, soundtrack, delivery gate."""
