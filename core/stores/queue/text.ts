import { StoreError } from '../../model/errors.ts'

/** Bytes of JSON per message: the service takes 64 KiB of text, and base64 makes four characters of three bytes. */
export const MESSAGE_LIMIT = 49_152

/** The service's longest visibility timeout, in seconds. */
const SEVEN_DAYS = 604_800

/**
 * A message as base64 of its JSON, which is what the Functions queue trigger expects by default. Plain text is no choice anyway:
 * one control character in a message makes Azurite fail every later receive of that queue.
 */
export function encodeMessage(where: string, message: unknown): string {
  const bytes = Buffer.from(JSON.stringify(message) ?? 'null')
  if (bytes.length <= MESSAGE_LIMIT) return bytes.toString('base64')
  throw new StoreError(
    'too-large',
    `${where}: a message takes ${bytes.length} bytes, the limit is ${MESSAGE_LIMIT}. Send a pointer to the data instead.`,
  )
}

/**
 * What `encodeMessage` was given. A message that somebody else put there, as plain JSON or as any text, comes out as
 * that JSON or text, as with the Functions host: the receiver has to check what it got anyway.
 */
export function decodeMessage<T>(text: string): T
export function decodeMessage(text: string): unknown {
  for (const json of [Buffer.from(text, 'base64').toString('utf8'), text]) {
    try {
      return JSON.parse(json)
    } catch {}
  }
  return text
}

/** Whole seconds within what the service takes: at least 1 for a receive, 0 for a release. */
export function clampSeconds(seconds: number, least: 0 | 1): number {
  return Math.min(SEVEN_DAYS, Math.max(least, Math.ceil(seconds)))
}

/** A message that was shown again meanwhile and taken by another receiver is that receiver's. */
export function takenByAnother(where: string): StoreError {
  return new StoreError(
    'conflict',
    `${where}: a message was hidden for too short a time and has been taken by another receiver.`,
  )
}
