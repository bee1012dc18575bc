import { jsonReply } from '../http.ts'
import type { Feed } from './feed.ts'
import { isOutcome, type Operation, readContentType, refuse, typeOf } from './operation.ts'
import { readRange } from './range.ts'

/** `GET subscriptions/notifications`: always empty, because this tenant notifies nobody. */
export function makeNotifications({ settings, subscriptions }: Feed): Operation {
  return {
    subject: call => ({ kind: 'notifications', identity: '', contentType: typeOf(call) }),
    run: call => {
      const contentType = readContentType(call)
      if (isOutcome(contentType)) return contentType
      const status = subscriptions.status(contentType)
      if (status === undefined) return refuse('AF20022', `No subscription found for ${contentType}.`)
      if (status === 'disabled') return refuse('AF20023', `The subscription for ${contentType} is disabled.`)
      const range = readRange(call, settings)
      return 'reason' in range ? range.outcome : { reply: jsonReply(200, []) }
    },
  }
}

const SENSITIVE_TYPES = [
  { id: '50842eb7-edc8-4019-85dd-5a5c1f2bb085', name: 'Credit Card Number' },
  { id: 'e7dc4711-11b7-4cb0-b88b-2c394a771f0e', name: 'International Banking Account Number (IBAN)' },
]

/** `GET resources/dlpSensitiveTypes`, the only resource there is. */
export const sensitiveTypes: Operation = {
  subject: () => ({ kind: 'resources', identity: 'dlpSensitiveTypes' }),
  run: () => ({ reply: jsonReply(200, SENSITIVE_TYPES) }),
}
