import { describe, expect, it } from 'vitest'
import { folderArea } from './folder-areas.ts'

describe('a folder', () => {
  it.each([
    ['\\Inbox', 'mail'],
    ['\\inbox\\Projects', 'mail'],
    ['\\Boîte de réception'.normalize('NFD'), 'mail'],
    ['\\Gesendete Elemente', 'mail'],
    ['受信トレイ', 'mail'],
    ['\\', 'mail'],
    ['', 'mail'],
    ['Top of Information Store', 'mail'],
    ['\\Calendar', 'diary'],
    ['\\Calendar\\Holidays', 'diary'],
    ['\\Kalender', 'diary'],
    ['/Contacts', 'diary'],
    ['\\Tâches', 'diary'],
    ['\\Invoices', 'other'],
    ['\\Projects\\Inbox', 'other'],
    ['\\Inboxes', 'other'],
  ])('%s is %s', (path, area) => {
    expect(folderArea(path)).toBe(area)
  })
})
