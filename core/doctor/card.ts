import type { Alert } from '../model/alert.ts'
import { SinkError } from '../model/errors.ts'
import type { DoctorDeps } from './deps.ts'

/**
 * Sends a card with a code to Teams and asks for the code: an accepted card is only queued, and a person who looks is the
 * one way to know that it shows. Throws `SinkError` where Teams does not take it.
 */
export async function sendCard(
  { now, random, sinks, tenant }: Pick<DoctorDeps, 'now' | 'random' | 'sinks' | 'tenant'>,
  ask: () => Promise<string | undefined>,
  signal: AbortSignal,
): Promise<'seen' | 'not-seen' | 'unconfirmed'> {
  const sink = sinks.find(({ id }) => id === 'teams')
  if (sink === undefined) throw new SinkError('park', 'TEAMS_WEBHOOK_URL is not set.')
  const code = String(1000 + Math.floor(random() * 9000))
  const at = Math.floor(now() / 1000)
  await sink.send(codeAlert(code, tenant, at), at, signal)
  const typed = await ask()
  if (typed === undefined) return 'unconfirmed'
  return typed.trim() === code ? 'seen' : 'not-seen'
}

function codeAlert(code: string, tenant: string, at: number): Alert {
  const incident = `doctor-${at}`
  return {
    id: `${incident}-1`,
    incident,
    revision: 1,
    tenant,
    severity: 'low',
    kind: 'Test',
    headline: `This is a test. The code is ${code}`,
    sentence: 'Somebody runs waxseal doctor and wants to know whether cards show here. Nothing has happened.',
    facts: [],
    steps: [`Tell whoever asks: ${code}.`],
    notKnown: 'Nothing: this card is about no mailbox.',
    clock: { start: at, end: at },
    rules: [],
    links: [],
    mailboxes: [],
    actor: 'waxseal',
  }
}
