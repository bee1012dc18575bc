import { type Diagnosis, tell } from '../message.ts'
import { ACCESS } from './access.ts'
import { AROUND } from './around.ts'
import { FEED } from './feed.ts'

/** Everything that `doctor` can say, in the order in which it looks. */
export const MESSAGES = { ...ACCESS, ...FEED, ...AROUND } as const

export type MessageId = keyof typeof MESSAGES

/** `saw`: what it rests on, in a sentence or the server's own words. */
export function diagnosis(
  id: MessageId,
  saw: string,
  values: Readonly<Record<string, string | number>> = {},
): Diagnosis {
  return tell(id, MESSAGES[id], saw, values)
}
