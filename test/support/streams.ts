import { TransformStream, WritableStream } from 'node:stream/web'

// By these names happy-dom gives a page the streams of Node, which are others.
Object.assign(globalThis, { TransformStream, WritableStream })
