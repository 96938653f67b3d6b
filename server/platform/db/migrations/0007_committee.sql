CREATE TABLE `delegation_end` (
	`delegation_id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `withdrawal` (
	`review_id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `publication` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `revision_author` ADD `added_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `entry_task` ADD `send_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `task_sent` ON `entry_task` (`person_id`,`send_key`);--> statement-breakpoint
CREATE INDEX `notification_read_notification` ON `notification_read` (`notification_id`);