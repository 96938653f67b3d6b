ALTER TABLE `entry_task` ADD `send_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `task_sent` ON `entry_task` (`person_id`,`send_key`);