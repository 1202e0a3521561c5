import { v5 } from 'uuid';

/**
 * The UUID of something that follows from an event: the same words about the same event always give
 * the same id (RFC 9562, section 5.5).
 *
 * @param event the event's own UUID
 */
export function derivedId(event: string, words: string): string {
	return v5(words, event);
}
