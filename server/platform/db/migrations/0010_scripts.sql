CREATE TABLE `script_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_id` integer NOT NULL,
	`script_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`step` integer NOT NULL,
	`branch` integer,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`script_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `script_step_call` ON `script_step` (`call_id`);--> statement-breakpoint
CREATE INDEX `script_step_script` ON `script_step` (`script_id`,`at`);--> statement-breakpoint
CREATE TABLE `practice` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`script_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`seconds` integer NOT NULL,
	`path` text NOT NULL,
	`met` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`script_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `practice_person` ON `practice` (`person_id`);--> statement-breakpoint
CREATE INDEX `practice_script` ON `practice` (`script_id`,`at`);--> statement-breakpoint
CREATE INDEX `practice_at` ON `practice` (`at`);--> statement-breakpoint
CREATE TABLE `script_violation` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`revision_id` integer NOT NULL,
	`rule` text NOT NULL,
	`severity` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `violation_at` ON `script_violation` (`at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_entry_task` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`entry_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`paragraph` integer,
	`words` text,
	`person_id` integer,
	`call_id` integer,
	`quoted_entry_id` integer,
	`quoted_revision_id` integer,
	`send_key` text,
	`at` integer NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`quoted_entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`quoted_revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_entry_task`("id", "kind", "entry_id", "revision_id", "paragraph", "words", "person_id", "call_id", "send_key", "at", "due_at") SELECT "id", "kind", "entry_id", "revision_id", "paragraph", "words", "person_id", "call_id", "send_key", "at", "due_at" FROM `entry_task`;--> statement-breakpoint
DROP TABLE `entry_task`;--> statement-breakpoint
ALTER TABLE `__new_entry_task` RENAME TO `entry_task`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `task_entry` ON `entry_task` (`entry_id`);--> statement-breakpoint
CREATE INDEX `task_due` ON `entry_task` (`due_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `task_sent` ON `entry_task` (`person_id`,`send_key`);--> statement-breakpoint
CREATE TABLE `__new_entry_task_end` (
	`task_id` integer PRIMARY KEY NOT NULL,
	`person_id` integer,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `entry_task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_entry_task_end`("task_id", "person_id", "words", "at") SELECT "task_id", "person_id", "words", "at" FROM `entry_task_end`;--> statement-breakpoint
DROP TABLE `entry_task_end`;--> statement-breakpoint
ALTER TABLE `__new_entry_task_end` RENAME TO `entry_task_end`;--> statement-breakpoint
ALTER TABLE `call_outcome` ADD `script_id` integer REFERENCES entry(id);--> statement-breakpoint
ALTER TABLE `call_outcome` ADD `script_revision_id` integer REFERENCES revision(id);