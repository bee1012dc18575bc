import { describe, expect, it } from 'vitest'
import { read } from '../../../test/support/corpus.ts'
import { at, guid, OUTLOOK, person, type RawRecord, sync } from '../../../test/support/records.ts'
import { syncClient, syncDevice } from './sync-contexts.ts'

const clientOf = (ClientInfoString: string, change: RawRecord = {}) =>
  read([
    sync({ mailbox: person('anna'), at: at('09:05'), folder: 'Inbox', client: { ClientInfoString }, change }),
  ]).map(record => syncClient(record as Parameters<typeof syncClient>[0]))[0]

describe('the program that syncs', () => {
  it.each<[string, RawRecord, string]>([
    ['Client=MSExchangeRPC', {}, 'mapi'],
    [
      'Client=MSExchangeRPC',
      { ClientProcessName: 'OUTLOOK.EXE', ClientVersion: '16.0.1' },
      'mapi/outlook.exe',
    ],
    ['Client=ActiveSync;Version=16.1;Outlook-iOS-Android/1.0;', {}, 'activesync/outlook-ios-android'],
    ['Client=ActiveSync;Version=16.1;Outlook-iOS-Android/2.7;', {}, 'activesync/outlook-ios-android'],
    ['', {}, 'other'],
  ])('%s with %j is %s', (info, change, name) => {
    expect(clientOf(info, change)).toBe(name)
  })

  it('has a name of bounded length', () => {
    expect(clientOf(OUTLOOK.ClientInfoString ?? '', { ClientProcessName: 'x'.repeat(500) })).toHaveLength(65)
  })
})

describe('the device', () => {
  it.each([
    [guid('a laptop').toUpperCase(), guid('a laptop')],
    ['', 'unregistered'],
    [undefined, 'unregistered'],
    ['00000000-0000-0000-0000-000000000000', 'unregistered'],
  ])('%j is %s', (DeviceId, device) => {
    expect(syncDevice({ DeviceId })).toBe(device)
  })
})
