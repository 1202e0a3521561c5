import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { problem, TITLES } from './problem.ts';
import { RESOURCES } from './registry.ts';
import type { Resource } from './resource.ts';

/**
 * The API's description: OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0), made of the schemas that requests
 * and answers are checked by.
 *
 * @param origin `https://kursus.example.dk`
 */
export function openApi(origin: string): object {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Rygsamtalen',
			version: '1',
			description:
				'Reads what an educator sees of their groups. A token has the rights that its owner has at the moment; make one under Teaching, “Access for other programs”.',
		},
		servers: [{ url: `${origin}/api/v1` }],
		security: [{ token: [] }],
		paths: Object.fromEntries(RESOURCES.map((one) => [one.path, { get: operation(one) }])),
		components: {
			securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
			schemas: { Problem: json(problem) },
			responses: Object.fromEntries(
				Object.entries(TITLES).map(([status, description]) => [
					`Problem${status}`,
					{
						description,
						content: {
							'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
						},
					},
				]),
			),
		},
	};
}

function operation({ id, summary, description, params, query, answer }: Resource): object {
	return {
		operationId: id,
		summary,
		...(description ? { description } : {}),
		parameters: [...pathParameters(params), ...queryParameters(query)],
		responses: {
			200: { description: 'The answer', content: { 'application/json': { schema: json(answer) } } },
			...Object.fromEntries(
				Object.keys(TITLES).map((status) => [
					status,
					{ $ref: `#/components/responses/Problem${status}` },
				]),
			),
		},
	};
}

function pathParameters(params: Record<string, string>): object[] {
	return Object.entries(params).map(([name, description]) => ({
		name,
		in: 'path',
		required: true,
		description,
		schema: { type: 'string' },
	}));
}

function queryParameters(query: v.GenericSchema): object[] {
	const { properties = {}, required = [] } = json(query) as {
		properties?: Record<string, { description?: string }>;
		required?: string[];
	};
	return Object.entries(properties).map(([name, { description, ...schema }]) => ({
		name,
		in: 'query',
		required: required.includes(name),
		...(description ? { description } : {}),
		schema,
	}));
}

function json(schema: v.GenericSchema): object {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, {
		target: 'draft-2020-12',
		typeMode: 'input',
		// What only a program can check is told in words.
		ignoreActions: ['check'],
	});
	return rest;
}
