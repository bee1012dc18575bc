import { makeElements } from '../../core/json/elements.ts'
import { readJson as readElements, type Stop } from '../../core/json/read.ts'
import type { Raw } from './types.ts'
import { isPage, takeValue } from './unwrap.ts'

/**
 * The records of a file of JSON, whatever its layout.
 *
 * @param start bytes before the first chunk (a byte-order mark), so that offsets are those of the text
 */
export async function* readJson(
  chunks: AsyncIterable<Buffer>,
  file: string,
  start: number,
  cut: () => boolean,
): AsyncGenerator<Raw[]> {
  const where = (index: number) => `${file} element ${index + 1}`
  const elements = makeElements<Raw>({
    take: (value, index, out) => takeValue(value, where(index), out),
    reject: (rejected, index) => ({ rejected, where: where(index) }),
    isPage,
  })
  let stop: Stop | undefined
  const stopped = (met: Stop) => {
    stop = met
  }
  yield* readElements(chunks, elements, { several: true, stopped })
  // The end of a broken file is told once, with the file, and not as a bad record.
  if (stop === undefined || (stop.atEnd && cut())) return
  yield [
    {
      rejected: stop.reason,
      where: `${where(elements.count())}, near byte ${start + stop.at} of the text`,
    },
  ]
}
