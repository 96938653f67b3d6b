CREATE TABLE `call` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`external_id` text,
	`caller_hash` text,
	`caller_last4` text,
	`account_hash` text,
	`account_last4` text,
	`area` text,
	`topic` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `call_external` ON `call` (`person_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `call_caller` ON `call` (`caller_hash`,`started_at`);--> statement-breakpoint
CREATE INDEX `call_open` ON `call` (`person_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `call_outcome` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_id` integer NOT NULL,
	`verdict` text NOT NULL,
	`entry_id` integer,
	`revision_id` integer,
	`wrap_code` text,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `outcome_call` ON `call_outcome` (`call_id`);--> statement-breakpoint
CREATE INDEX `outcome_entry` ON `call_outcome` (`entry_id`,`at`);--> statement-breakpoint
CREATE TABLE `call_search` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_id` integer NOT NULL,
	`query` text NOT NULL,
	`total` integer NOT NULL,
	`confident` integer NOT NULL,
	`shown` text NOT NULL,
	`took_ms` real NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `call_search_call` ON `call_search` (`call_id`);--> statement-breakpoint
CREATE TABLE `entry_copy` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_id` integer NOT NULL,
	`entry_id` integer NOT NULL,
	`part` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `copy_call` ON `entry_copy` (`call_id`);--> statement-breakpoint
CREATE TABLE `entry_opening` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`entry_id` integer NOT NULL,
	`revision_number` integer NOT NULL,
	`how` text NOT NULL,
	`rank` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `opening_call` ON `entry_opening` (`call_id`);--> statement-breakpoint
CREATE INDEX `opening_person` ON `entry_opening` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `opening_at` ON `entry_opening` (`at`);--> statement-breakpoint
CREATE TABLE `approval` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`revision_id` integer NOT NULL,
	`department` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `approval_revision` ON `approval` (`revision_id`);--> statement-breakpoint
CREATE TABLE `entry` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entry_key` ON `entry` (`key`);--> statement-breakpoint
CREATE TABLE `favourite` (
	`person_id` integer NOT NULL,
	`entry_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `entry_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `publication` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `publication_entry` ON `publication` (`entry_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `publication_revision` ON `publication` (`revision_id`);--> statement-breakpoint
CREATE TABLE `retirement` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`publication_id` integer NOT NULL,
	`person_id` integer,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`publication_id`) REFERENCES `publication`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `retirement_entry` ON `retirement` (`entry_id`);--> statement-breakpoint
CREATE TABLE `revision` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`category` text NOT NULL,
	`topic` text NOT NULL,
	`owner_department` text NOT NULL,
	`standard_question` text NOT NULL,
	`similar_questions` text NOT NULL,
	`say` text NOT NULL,
	`body` text NOT NULL,
	`scope` text NOT NULL,
	`tags` text NOT NULL,
	`labels` text NOT NULL,
	`valid_from` integer,
	`valid_until` integer,
	`verify_by` integer,
	`author_id` integer,
	`created_at` integer NOT NULL,
	`import_hash` text,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revision_number` ON `revision` (`entry_id`,`number`);--> statement-breakpoint
CREATE INDEX `revision_valid_until` ON `revision` (`valid_until`);--> statement-breakpoint
CREATE INDEX `revision_valid_from` ON `revision` (`valid_from`);--> statement-breakpoint
CREATE TABLE `revision_basis` (
	`revision_id` integer NOT NULL,
	`position` integer NOT NULL,
	`source_id` integer NOT NULL,
	`clause` text,
	PRIMARY KEY(`revision_id`, `position`),
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `source`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `basis_source` ON `revision_basis` (`source_id`);--> statement-breakpoint
CREATE TABLE `notice` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`areas` text NOT NULL,
	`line` text,
	`reason` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`estimate` integer,
	`next_update_at` integer,
	`say` text NOT NULL,
	`posted_at` integer NOT NULL,
	`posted_by` integer,
	FOREIGN KEY (`posted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_ends_at` ON `notice` (`ends_at`);--> statement-breakpoint
CREATE TABLE `committee_seat` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`department` text NOT NULL,
	`held_from` integer NOT NULL,
	`held_until` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `department` (
	`slug` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_en` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`work_no` text NOT NULL,
	`name` text NOT NULL,
	`department` text NOT NULL,
	`password_hash` text,
	`persona` text,
	`created_at` integer NOT NULL,
	`left_at` integer,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_work_no` ON `person` (`work_no`);--> statement-breakpoint
CREATE TABLE `person_role` (
	`person_id` integer NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`person_id`, `role`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `source` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`number` text NOT NULL,
	`issuer` text NOT NULL,
	`kind` text NOT NULL,
	`issued_on` text,
	`in_force_from` text,
	`in_force_to` text,
	`superseded_by` integer,
	`status` text NOT NULL,
	FOREIGN KEY (`superseded_by`) REFERENCES `source`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `source_key` ON `source` (`key`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`person_id` integer,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`effect` text NOT NULL,
	`subject` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
