/** The rules of xAPI 1.0.3 and 2.0.0 (IEEE 9274.1.1) for statements; pure, for servers and browsers. */
export type { Problem, XapiVersion } from './problem.ts';
export { checkAgent, checkStatement, SIGNATURE, VOIDED } from './statement.ts';
export {
	isDuration,
	isIri,
	isLanguageTag,
	isMbox,
	isMediaType,
	isSha1,
	isSha2,
	isUuid,
	isVersion,
} from './formats.ts';
export { instantOf, isTimestamp, toUtc } from './timestamps.ts';
export { agentKey, type Agent } from './agents.ts';
export { activitiesIn, agentsIn, referencedBy, termsOf, voidedBy, type Term } from './terms.ts';
export { isSameStatement } from './same.ts';
export { bestLanguage } from './language.ts';
export { inFormat, type Canon } from './format.ts';
