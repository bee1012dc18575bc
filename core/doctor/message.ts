import { oneLine } from '../net/one-line.ts'

/** `yellow`: works, or will by itself, and somebody should look. `red`: a person is needed. `unknown`: could not be looked at. */
export type CheckState = 'green' | 'yellow' | 'red' | 'unknown'

/** What a check can say. In sentences, `<name>` stands for what was seen; plain data, so that the documentation has it too. */
export interface Message {
  readonly check: string
  readonly state: CheckState
  /** What is wrong; of a green one, what works. */
  readonly what: string
  /** Who fixes it and how. */
  readonly fix?: string
  /** How long that takes. */
  readonly takes?: string
  /** What happens until then. */
  readonly meanwhile?: string
}

/** A message with everything filled in: one line of the report. */
export interface Diagnosis extends Message {
  /** Which message it is. */
  readonly id: string
  /** The content type or receiver, where there are several. */
  readonly about?: string
  /** What it rests on. */
  readonly saw: string
}

/** Longest text of a server, of a file or of somebody's mailbox inside a sentence. */
const VALUE = 400

/** Fills in what was seen. Throws where a message names something that was not given: a fault of this program. */
export function tell(
  id: string,
  message: Message,
  saw: string,
  values: Readonly<Record<string, string | number>> = {},
): Diagnosis {
  const fill = (sentence: string) =>
    sentence.replace(/<([a-z ]+)>/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`The message ${id} needs ${name}`)
      return oneLine(String(value), VALUE)
    })
  const about = values.content ?? values.receiver
  const filled = Object.entries(message).map(([key, text]) => [key, fill(text)])
  return {
    id,
    ...(about !== undefined && { about: String(about) }),
    ...(Object.fromEntries(filled) as Message),
    saw: oneLine(saw, VALUE),
  }
}
