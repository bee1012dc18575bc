import { basename } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import { plain } from '../../core/sinks/text.ts'
import type { InputProgress } from '../input/types.ts'

export interface Progress {
  at(progress: InputProgress): void
  stop(): void
}

/** A bar on a terminal; nothing anywhere else, so that logs stay readable. */
export function makeProgress(stream: NodeJS.WriteStream, wanted: boolean): Progress {
  if (!wanted || !stream.isTTY) return { at() {}, stop() {} }
  const bar = new SingleBar(
    { stream, format: '{bar} {percentage}% · {file}', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  let started = false
  return {
    at({ bytesRead, totalBytes, file }) {
      if (!started) bar.start(totalBytes, 0, { file: '' })
      started = true
      bar.update(bytesRead, { file: plain(basename(file)) })
    },
    stop: () => bar.stop(),
  }
}
