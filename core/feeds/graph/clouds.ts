import type { CloudName } from '../management/clouds.ts'

/** Where one of Microsoft's clouds keeps Graph; also the audience of its tokens. */
export interface GraphCloud {
  readonly origin: string
  readonly scope: string
}

const cloud = (host: string): GraphCloud => ({
  origin: `https://${host}`,
  scope: `https://${host}/.default`,
})

/** GCC is part of the worldwide Graph, while its audit API has a host of its own. */
export const GRAPH_CLOUDS: Readonly<Record<CloudName, GraphCloud>> = {
  worldwide: cloud('graph.microsoft.com'),
  gcc: cloud('graph.microsoft.com'),
  'gcc-high': cloud('graph.microsoft.us'),
  dod: cloud('dod-graph.microsoft.us'),
}
