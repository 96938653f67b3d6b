CREATE TABLE `entry_task` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`entry_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`paragraph` integer,
	`words` text,
	`person_id` integer NOT NULL,
	`call_id` integer,
	`at` integer NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `task_entry` ON `entry_task` (`entry_id`);--> statement-breakpoint
CREATE INDEX `task_due` ON `entry_task` (`due_at`);--> statement-breakpoint
CREATE TABLE `entry_task_end` (
	`task_id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `entry_task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `verification` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`revision_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`verify_by` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `verification_revision` ON `verification` (`revision_id`);--> statement-breakpoint
CREATE INDEX `verification_by` ON `verification` (`verify_by`);--> statement-breakpoint
CREATE TABLE `notification` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer,
	`event` text NOT NULL,
	`subject` text NOT NULL,
	`title` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notification_person` ON `notification` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `notification_subject` ON `notification` (`subject`,`event`);--> statement-breakpoint
CREATE TABLE `notification_read` (
	`person_id` integer NOT NULL,
	`notification_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `notification_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`notification_id`) REFERENCES `notification`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `publication_revision`;--> statement-breakpoint
ALTER TABLE `publication` ADD `until` integer;--> statement-breakpoint
CREATE INDEX `publication_revision` ON `publication` (`revision_id`);--> statement-breakpoint
ALTER TABLE `person` ADD `email` text;--> statement-breakpoint
ALTER TABLE `policy` ADD `hide_overdue` integer NOT NULL;--> statement-breakpoint
ALTER TABLE `policy` ADD `hide_superseded` integer NOT NULL;--> statement-breakpoint
ALTER TABLE `policy` ADD `feedback_warning` integer NOT NULL;--> statement-breakpoint
ALTER TABLE `policy` ADD `feedback_days` integer NOT NULL;--> statement-breakpoint
ALTER TABLE `audit` ADD `from_address` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `before` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `after` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `hash` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `not_before` integer DEFAULT 0 NOT NULL;