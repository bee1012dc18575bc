import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type InputProgress, type Raw, readPaths } from './read.ts'

export function anyRecord(number: number): Record<string, unknown> {
  return {
    CreationTime: '2026-03-01T10:11:12',
    Id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    Operation: 'MailItemsAccessed',
    RecordType: 50,
    UserId: 'a.larsen@birchwood.example',
    ClientIPAddress: '203.0.113.7',
    OriginatingServer: 'AB1 (15.20.4200.000)\r\n',
    Folders: [{ Path: '\\Inbox\\Überträge', FolderItems: [{ InternetMessageId: '<1@birchwood.example>' }] }],
  }
}

export function anyRecords(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => anyRecord(index))
}

/** A folder that goes away with the test file, and a function that puts a file into it. */
export async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'waxseal-input-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const put = async (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
  return { folder, put }
}

export async function collect(paths: readonly string[], onProgress?: (progress: InputProgress) => void) {
  const raws: Raw[] = []
  let error: unknown
  try {
    for await (const batch of readPaths(paths, onProgress)) raws.push(...batch)
  } catch (problem) {
    error = problem
  }
  return { ...sort(raws), error }
}

export function sort(raws: readonly Raw[]) {
  const records: Record<string, unknown>[] = []
  const rejected: string[] = []
  const where: string[] = []
  for (const raw of raws) {
    where.push(raw.where)
    if ('record' in raw) records.push(raw.record)
    else rejected.push(raw.rejected)
  }
  return { records, rejected, where }
}

export function csv(rows: readonly (readonly string[])[], delimiter = ',', newline = '\r\n'): string {
  return rows.map(row => `${row.map(quoted).join(delimiter)}${newline}`).join('')
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

export function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}
