CREATE TABLE `gap` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`text` text NOT NULL,
	`category` text NOT NULL,
	`department` text NOT NULL,
	`began_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `gap_category` ON `gap` (`category`);--> statement-breakpoint
CREATE INDEX `gap_department` ON `gap` (`department`);--> statement-breakpoint
CREATE TABLE `gap_mark` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`gap_id` integer NOT NULL,
	`kind` text NOT NULL,
	`owner_id` integer,
	`question_id` integer,
	`reason` text,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`gap_id`) REFERENCES `gap`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gap_mark_gap` ON `gap_mark` (`gap_id`);--> statement-breakpoint
CREATE INDEX `gap_mark_question` ON `gap_mark` (`question_id`);--> statement-breakpoint
CREATE TABLE `gap_query` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`gap_id` integer NOT NULL,
	`search_id` integer,
	`question_id` integer,
	`call_id` integer,
	`person_id` integer NOT NULL,
	`wording` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`gap_id`) REFERENCES `gap`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`search_id`) REFERENCES `call_search`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gap_query_search` ON `gap_query` (`search_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `gap_query_question` ON `gap_query` (`question_id`);--> statement-breakpoint
CREATE INDEX `gap_query_gap` ON `gap_query` (`gap_id`,`at`,`call_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `gap_query_call` ON `gap_query` (`call_id`);--> statement-breakpoint
CREATE INDEX `gap_query_wording` ON `gap_query` (`wording`);--> statement-breakpoint
CREATE TABLE `callback` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`holder_id` integer NOT NULL,
	`sealed_name` text,
	`sealed_phone` text,
	`number_hash` text,
	`last4` text,
	`consent_at` integer NOT NULL,
	`purged_at` integer,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`holder_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `callback_question` ON `callback` (`question_id`);--> statement-breakpoint
CREATE INDEX `callback_holder` ON `callback` (`holder_id`);--> statement-breakpoint
CREATE TABLE `callback_handover` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`callback_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`to_person_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`callback_id`) REFERENCES `callback`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `callback_try` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`callback_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`result` text NOT NULL,
	`solved` integer,
	`retry_at` integer,
	`note` text,
	`revision_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`callback_id`) REFERENCES `callback`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `try_callback` ON `callback_try` (`callback_id`);--> statement-breakpoint
CREATE TABLE `question` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`text` text NOT NULL,
	`folded` text NOT NULL,
	`person_id` integer NOT NULL,
	`call_id` integer,
	`query` text,
	`shown` text NOT NULL,
	`idempotency_key` text,
	`raised_at` integer NOT NULL,
	`category` text NOT NULL,
	`urgency` text NOT NULL,
	`state` text NOT NULL,
	`lead_id` integer,
	`department` text NOT NULL,
	`taker_id` integer,
	`due_at` integer NOT NULL,
	`escalation` integer DEFAULT 0 NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taker_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_key` ON `question` (`person_id`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `question_folded` ON `question` (`folded`);--> statement-breakpoint
CREATE INDEX `question_lead` ON `question` (`lead_id`);--> statement-breakpoint
CREATE INDEX `question_queue` ON `question` (`state`,`department`,`category`,`urgency`,`due_at`,`taker_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `question_person` ON `question` (`person_id`,`state`);--> statement-breakpoint
CREATE INDEX `question_taker` ON `question` (`taker_id`);--> statement-breakpoint
CREATE INDEX `question_call` ON `question` (`call_id`);--> statement-breakpoint
CREATE INDEX `question_raised` ON `question` (`raised_at`);--> statement-breakpoint
CREATE TABLE `question_answer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`entry_id` integer NOT NULL,
	`revision_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`is_existing` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `answer_question` ON `question_answer` (`question_id`);--> statement-breakpoint
CREATE INDEX `answer_revision` ON `question_answer` (`revision_id`);--> statement-breakpoint
CREATE TABLE `question_policy` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`content` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `question_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`kind` text NOT NULL,
	`person_id` integer,
	`department` text,
	`reason` text,
	`other_id` integer,
	`revision_id` integer,
	`due_at` integer,
	`urgency` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `step_question` ON `question_step` (`question_id`);--> statement-breakpoint
CREATE INDEX `step_kind` ON `question_step` (`kind`,`at`);--> statement-breakpoint
CREATE TABLE `routing` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`category` text NOT NULL,
	`lead` text NOT NULL,
	`supporting` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`lead`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `call_account` ON `call` (`account_hash`,`started_at`);--> statement-breakpoint
CREATE INDEX `call_started` ON `call` (`started_at`);