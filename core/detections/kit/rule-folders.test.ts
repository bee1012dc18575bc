import { describe, expect, it } from 'vitest'
import { folderClass, isFolderId } from './rule-folders.ts'

describe('a folder', () => {
  it.each([
    'Deleted Items',
    'DELETED ITEMS',
    'Gelöschte Elemente',
    'gelo\u0308schte elemente',
    'Éléments supprimés',
    'Удаленные',
    '削除済みアイテム',
    'Junk Email',
    'Courrier indésirable',
    'RSS Feeds',
    'RSS-Feeds',
    'RSS Subscriptions',
    'Flux RSS',
    'Conversation History',
    'Historial de conversaciones',
    'Notes',
    'Sync Issues\\Conflicts',
    'Calendar',
    'Entwürfe',
    'Outbox',
    'Boîte d\u2019envoi',
    'Recoverable Items',
    'anna@birchwood.example:\\RSS Feeds',
    'anna:\\Inbox\\Deleted Items\\2026',
    '\\Notes\\x y',
    'Inbox/Junk Email',
    '.',
    'Inbox\\.',
    'a',
    'anna:\\',
    '\u200b',
  ])('%j is hidden', folder => {
    expect(folderClass(folder)).toBe('hidden')
  })

  it.each(['Archive', 'anna:\\Archive\\2026', 'Archiv', 'Архив'])('%j is an archive', folder => {
    expect(folderClass(folder)).toBe('archive')
  })

  it.each([
    'Suppliers',
    'anna:\\Inbox\\Suppliers',
    'Inbox',
    'Crossroads',
    'Junkyard Ltd',
    'Notes on pricing',
  ])('%j is ordinary', folder => {
    expect(folderClass(folder)).toBe('ordinary')
  })

  it.each([
    ['LgAAAAC'.repeat(8), true],
    [`${'AAMkADc5'.repeat(10)}==`, true],
    ['Suppliers and everything else they ever sent', false],
    ['LgAAAAC', false],
  ])('called %s is an id: %j', (folder, is) => {
    expect(isFolderId(folder)).toBe(is)
  })
})
