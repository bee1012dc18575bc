import { ConfigError } from '../../core/model/errors.ts'
import { plain } from '../../core/sinks/text.ts'
import { withApp } from '../kept.ts'
import { quarantinedLine, quarantinedText, REASON } from './text.ts'

export interface QuarantineOptions {
  readonly json?: boolean
  readonly data?: string
  readonly reason?: string
}

/** What could not be read, and what an operator makes of it. Returns the exit code. */
export async function listQuarantine(options: QuarantineOptions): Promise<number> {
  const all = await withApp(options, app => app.quarantined())
  for (const one of all) process.stdout.write(options.json ? quarantinedLine(one) : quarantinedText(one))
  if (all.length === 0 && !options.json) process.stdout.write('Nothing is set aside.\n')
  return all.some(({ entry }) => entry.dropped === undefined) ? 1 : 0
}

export async function releaseBlob(id: string, options: QuarantineOptions): Promise<number> {
  await withApp(options, app => app.release(id))
  process.stdout.write(`Blob ${plain(id)} goes onto the queue again and is read with the next run.\n`)
  return 0
}

export async function dropBlob(id: string, options: QuarantineOptions): Promise<number> {
  const reason = options.reason?.trim() ?? ''
  if (reason === '' || reason.length > REASON)
    throw new ConfigError([`drop needs --reason with at most ${REASON} characters: it stays on record.`])
  await withApp(options, app => app.drop(id, reason))
  process.stdout.write(`Blob ${plain(id)} is given up: its records will not be evaluated.\n`)
  return 0
}
