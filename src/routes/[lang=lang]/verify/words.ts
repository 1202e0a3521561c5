import type { Reason } from '#lib/certificates/states.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why a certificate is valid no more, in a sentence for everybody. */
export function reasonLabel(reason: Reason): string {
	switch (reason) {
		case 'error':
			return m.certificate_reason_error();
		case 'identity':
			return m.certificate_reason_identity();
		case 'not-own-work':
			return m.certificate_reason_not_own_work();
		case 'content':
			return m.certificate_reason_content();
		case 'replaced':
			return m.certificate_reason_replaced();
		case 'other':
			return m.certificate_reason_other();
	}
}
