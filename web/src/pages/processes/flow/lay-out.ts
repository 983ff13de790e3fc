import { Graph, layout } from '@dagrejs/dagre'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

interface Size {
  width: number
  height: number
}

/** Where everything of a picture is drawn. */
export interface Layout extends Size {
  /** By id; from the upper left corner. */
  boxes: Map<string, Box>
  /** By `from to`: the bends of a way, and the middle of its words. */
  ways: Map<string, { points: Point[]; words: Point }>
}

const MARGIN = 12

/** Lays nodes and ways of these sizes out from top to bottom, so that as few ways as possible cross. */
export function layOut(
  nodes: ({ id: string } & Size)[],
  edges: ({ from: string; to: string } & Size)[],
): Layout {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 32, ranksep: 40, marginx: MARGIN, marginy: MARGIN })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { from, to, width, height } of edges) {
    graph.setEdge(from, to, { width, height, labelpos: 'c' })
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>
  const boxes = new Map(
    nodes.map(({ id, width, height }) => {
      const { x, y } = graph.node(id) as Point
      return [id, { x: x - width / 2, y: y - height / 2, width, height }]
    }),
  )
  const ways = new Map(
    edges.map(({ from, to }) => {
      const { points, x, y } = graph.edge(from, to) as { points: Point[]; x: number; y: number }
      return [`${from} ${to}`, { points, words: { x, y } }]
    }),
  )
  return { width, height, boxes, ways }
}
