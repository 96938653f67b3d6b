import type { Component } from 'vue'
import Desk from '../desk/Desk.vue'
import SearchBox from '../desk/SearchBox.vue'
import { deskCommands } from '../desk/commands.ts'
import { deskPlaces } from '../desk/places-to-go.ts'
import type { Command } from '../ui/commands.ts'
import type { Destination } from '../ui/destinations.ts'

interface Screen {
  paths: readonly string[]
  /** What stands in the top bar. */
  bar: Component
  page: Component
  commands: readonly Command[]
  /** What the palette offers beside commands. */
  destinations: () => readonly Destination[]
}

const screens: readonly [Screen] = [
  { paths: ['/', '/desk'], bar: SearchBox, page: Desk, commands: deskCommands, destinations: deskPlaces },
]

/** The screen of an address; the desk for any that is not known. */
export const screenOf = (path: string): Screen => screens.find(one => one.paths.includes(path)) ?? screens[0]
