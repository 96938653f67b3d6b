CREATE TABLE `revision_author` (
	`revision_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	PRIMARY KEY(`revision_id`, `person_id`),
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `author_person` ON `revision_author` (`person_id`);--> statement-breakpoint
CREATE TABLE `called_in` (
	`review_id` integer NOT NULL,
	`department` text NOT NULL,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`review_id`, `department`),
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `delegation` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_person_id` integer NOT NULL,
	`to_person_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	FOREIGN KEY (`from_person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `delegation_to` ON `delegation` (`to_person_id`);--> statement-breakpoint
CREATE TABLE `policy` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`category` text,
	`departments` text NOT NULL,
	`minimum` integer NOT NULL,
	`days_to_decide` integer NOT NULL,
	`verify_days` integer NOT NULL,
	`fast_lane` integer NOT NULL,
	`keep_approvals` integer NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `review` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`entry_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`round` integer NOT NULL,
	`required` text NOT NULL,
	`minimum` integer NOT NULL,
	`text` text NOT NULL,
	`reason` text,
	`opened_by` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `review_revision` ON `review` (`revision_id`);--> statement-breakpoint
CREATE INDEX `review_entry` ON `review` (`entry_id`);--> statement-breakpoint
CREATE TABLE `review_comment` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`review_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`field` text NOT NULL,
	`paragraph` integer,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comment_review` ON `review_comment` (`review_id`);--> statement-breakpoint
CREATE TABLE `review_end` (
	`review_id` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `vote` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`review_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`department` text NOT NULL,
	`for_person_id` integer,
	`verdict` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`for_person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vote_once` ON `vote` (`review_id`,`person_id`);--> statement-breakpoint
ALTER TABLE `revision` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `revision` ADD `updated_at` integer DEFAULT 0 NOT NULL;