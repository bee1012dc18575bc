import { describe, expect, it } from 'vitest'
import { readRow } from './rows.ts'

const ROW = {
  Timestamp: '2026-11-18T09:05:00.1234567Z',
  ReportId: 77,
  DeviceId: 'd1',
  DeviceName: 'DESK-7',
  AccountUpn: 'Anna@birchwood.example',
  AccountDomain: 'BIRCHWOOD',
  AccountName: 'anna',
  Process: '7z.exe',
  FileName: 'anna.pst',
  Ending: '.PST',
  Files: '3',
  Matched: null,
}

describe('a row of a hunting query', () => {
  it('is read by its columns', () => {
    expect(readRow(ROW)).toEqual({
      at: Date.UTC(2026, 10, 18, 9, 5) / 1000,
      identity: [expect.stringMatching(/^[0-9a-f]{32}$/)],
      device: 'desk-7',
      account: 'anna@birchwood.example',
      process: '7z.exe',
      file: 'anna.pst',
      ending: '.pst',
      files: 3,
    })
    expect(readRow({ ...ROW, AccountUpn: '' })?.account).toBe('birchwood\\anna')
    expect(readRow({ ...ROW, AccountUpn: '', AccountDomain: null })?.account).toBe('anna')
    expect(readRow({ ...ROW, DeviceName: '' })?.device).toBe('d1')
    expect(readRow({ ...ROW, Matched: 'a,b' })?.matched).toEqual(['a', 'b'])
  })

  it('is the same row however much of it is known later, and another one of another report', () => {
    const identity = readRow(ROW)?.identity
    expect(readRow({ ...ROW, Files: 9, FolderPath: 'C:\\x' })?.identity).toEqual(identity)
    for (const other of [{ ReportId: 78 }, { DeviceId: 'd2' }, { Timestamp: '2026-11-18T09:05:00.1234568Z' }])
      expect(readRow({ ...ROW, ...other })?.identity).not.toEqual(identity)
  })

  it.each([[null], ['text'], [[]], [{}], [{ ...ROW, Timestamp: 'soon' }], [{ ...ROW, ReportId: null }]])(
    'is not made of %j',
    row => {
      expect(readRow(row)).toBeUndefined()
    },
  )

  it('is bounded and of single lines, whatever stands on the machine', () => {
    const evil = `\u202e<b>[x](https://evil.example)\r\n\u0000${'A'.repeat(100_000)}`
    const texts = { DeviceName: evil, AccountUpn: evil, Process: evil, FileName: evil, FolderPath: evil }
    const row = readRow({ ...ROW, ...texts, Command: evil, Matched: `${evil},`.repeat(500), Ending: evil })
    const written = JSON.stringify(row)
    expect(written.length).toBeLessThan(5_000)
    expect(written).not.toMatch(/\\u202e|\\r|\\n|\\u0000/)
  })
})
