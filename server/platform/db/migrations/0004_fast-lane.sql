CREATE TABLE `publication_end` (
	`publication_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`publication_id`) REFERENCES `publication`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `stand_in` (
	`review_id` integer NOT NULL,
	`department` text NOT NULL,
	`person_id` integer NOT NULL,
	`by_person_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`review_id`, `department`, `person_id`),
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department`) REFERENCES `department`(`slug`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `vote` ADD `carried_from` integer REFERENCES review(id);