CREATE TABLE "lrs_activities" (
	"key" text PRIMARY KEY NOT NULL,
	"iri" text NOT NULL,
	"definition" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lrs_agents" (
	"key" text PRIMARY KEY NOT NULL,
	"names" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lrs_attachments" (
	"sha2" text PRIMARY KEY NOT NULL,
	"content_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lrs_clients" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"origins" jsonb NOT NULL,
	"rate_per_minute" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "lrs_documents" (
	"key" text PRIMARY KEY NOT NULL,
	"shelf" text NOT NULL,
	"kind" text NOT NULL,
	"activity" text,
	"agent" text,
	"registration" text,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"etag" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statement_attachments" (
	"seq" bigint NOT NULL,
	"sha2" text NOT NULL,
	CONSTRAINT "statement_attachments_seq_sha2_pk" PRIMARY KEY("seq","sha2")
);
--> statement-breakpoint
CREATE TABLE "statement_terms" (
	"term" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "statement_terms_term_seq_pk" PRIMARY KEY("term","seq")
);
--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "client_id" text;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "refers_to" text;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "voids" text;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "is_voided" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "statement_attachments" ADD CONSTRAINT "statement_attachments_seq_statements_seq_fk" FOREIGN KEY ("seq") REFERENCES "public"."statements"("seq") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_attachments" ADD CONSTRAINT "statement_attachments_sha2_lrs_attachments_sha2_fk" FOREIGN KEY ("sha2") REFERENCES "public"."lrs_attachments"("sha2") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lrs_documents_shelf" ON "lrs_documents" USING btree ("shelf","updated_at");--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_client_id_lrs_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."lrs_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statements_stored" ON "statements" USING btree ("stored_at");--> statement-breakpoint
CREATE INDEX "statements_refers_to" ON "statements" USING btree ("refers_to") WHERE "statements"."refers_to" is not null;