import { describe, expect, it } from 'vitest'
import {
  COLLECTORS,
  COMMANDS,
  INSTALLED,
  MAIL_FOLDERS,
  MAIL_KEEPERS,
  MAIL_STORES,
  MESSAGE_FILES,
} from '../../../model/hunting-lists.ts'
import { HUNTING_QUERIES } from './queries.ts'

const kqlOf = (table: string) => HUNTING_QUERIES.find(query => query.table === table)?.kql ?? ''

/** The patterns of a query, as JavaScript reads them. */
const patterns = (table: string) =>
  [...kqlOf(table).matchAll(/@"\(\?i\)([^"]+)"/g)].map(([, pattern = '']) => new RegExp(pattern, 'gi'))

describe('a hunting query', () => {
  it.each(HUNTING_QUERIES)(
    '$id begins with its table, has no time of its own, and an end',
    ({ kql, table }) => {
      expect(kql.startsWith(`${table}\n`)).toBe(true)
      expect(kql).not.toMatch(/ago\(|now\(|datetime\(/)
      expect(kql).toMatch(/\| top 1000 by Timestamp asc$/)
      for (const column of ['Timestamp', 'ReportId', 'DeviceId', 'DeviceName', 'AccountUpn', 'Process'])
        expect(kql.slice(kql.indexOf('| project'))).toContain(column)
    },
  )

  it('about files names every program and folder, and finds every ending and no other', () => {
    const kql = kqlOf('DeviceFileEvents')
    for (const name of [...COLLECTORS, ...MAIL_KEEPERS, ...MAIL_FOLDERS, ...INSTALLED])
      expect(kql).toContain(`@"${name}"`)
    const [ending] = patterns('DeviceFileEvents')
    for (const one of [...MAIL_STORES, ...MESSAGE_FILES])
      expect(`Mail${one.toUpperCase()}`.match(ending ?? /^/)).not.toBeNull()
    for (const other of ['pst', 'mail.pst.zip', 'mailXpst', 'a.msg2'])
      expect(other.match(ending ?? '')).toBeNull()
  })

  it.each(['DeviceProcessEvents', 'DeviceEvents'])(
    'about commands in %s finds every word, side by side',
    table => {
      const words = Object.values(COMMANDS).flat()
      const [pattern] = patterns(table)
      expect(words.join(' ').match(pattern ?? /^/)).toEqual(words)
      expect(`{"Command":"${words[0]?.toLowerCase()}"}`.match(pattern ?? /^/)).toHaveLength(1)
      expect('Get-Mailbox; New-MailboxExportRequests; xSearch-Mailbox'.match(pattern ?? '')).toBeNull()
    },
  )
})
