import type { Component } from 'vue'
import type { Role } from '#server/contract/lists.ts'
import Callbacks from '../callbacks/Callbacks.vue'
import CallbacksBar from '../callbacks/CallbacksBar.vue'
import { callbackCommands } from '../callbacks/commands.ts'
import Desk from '../desk/Desk.vue'
import SearchBox from '../desk/SearchBox.vue'
import { arrivedWith } from '../desk/arrival.ts'
import { deskCommands } from '../desk/commands.ts'
import { deskPlaces, openAddress } from '../desk/places-to-go.ts'
import Entries from '../entries/Entries.vue'
import EntriesBar from '../entries/EntriesBar.vue'
import { showAt } from '../entries/lists.ts'
import Insights from '../insights/Insights.vue'
import InsightsBar from '../insights/InsightsBar.vue'
import { goToAddress as goToInsight } from '../insights/place.ts'
import Policies from '../policies/Policies.vue'
import { policyCommands } from '../policies/commands.ts'
import Practice from '../practice/Practice.vue'
import { goToAddress as goToPractice } from '../practice/place.ts'
import Questions from '../questions/Questions.vue'
import QuestionsBar from '../questions/QuestionsBar.vue'
import { goToAddress as goToQuestionAt } from '../questions/place.ts'
import Reviews from '../reviews/Reviews.vue'
import ReviewsBar from '../reviews/ReviewsBar.vue'
import { goToAddress } from '../reviews/place.ts'
import { beginReviews } from '../reviews/start.ts'
import Scripts from '../scripts/Scripts.vue'
import ScriptsBar from '../scripts/ScriptsBar.vue'
import { go as goToScript } from '../scripts/place.ts'
import System from '../system/System.vue'
import { systemCommands } from '../system/commands.ts'
import type { Command } from '../ui/commands.ts'
import type { Destination } from '../ui/destinations.ts'

/** A part of the page with an address of its own; `page.<id>` of the locale files names it. */
export interface Screen {
  id: string
  /** Where the way to it leads. */
  path: string
  /** The addresses it answers at. */
  at: RegExp
  /** Who is shown the way to it; what a person may do there is the server's to say. */
  roles: readonly Role[]
  /** What stands in the top bar. */
  bar?: Component
  page: Component
  /** Asks for what is at its address before it is known who looks: the server has both ready sooner than one by one. */
  begin?: () => void
  commands?: readonly Command[]
  /** What the palette offers beside commands. */
  destinations?: () => readonly Destination[]
  /** Shows what is at another of its addresses, without loading the page anew. */
  turnTo?: (address: string) => unknown
}

const desk: Screen = {
  id: 'desk',
  path: '/desk',
  at: /^\/desk$/u,
  roles: ['agent', 'expert', 'reviewer', 'chair', 'supervisor', 'admin'],
  bar: SearchBox,
  page: Desk,
  commands: deskCommands,
  destinations: deskPlaces,
  turnTo: openAddress,
}

const reviews: Screen = {
  id: 'reviews',
  path: '/reviews',
  at: /^\/reviews(?:\/\d+)?$/u,
  roles: ['reviewer', 'chair', 'supervisor'],
  bar: ReviewsBar,
  page: Reviews,
  begin: beginReviews,
  turnTo: goToAddress,
}

const questions: Screen = {
  id: 'questions',
  path: '/questions',
  at: /^\/questions(?:\/(?:\d+|routing))?$/u,
  roles: ['expert', 'reviewer', 'chair', 'supervisor'],
  bar: QuestionsBar,
  page: Questions,
  turnTo: goToQuestionAt,
}

const policies: Screen = {
  id: 'policies',
  path: '/policies',
  at: /^\/policies$/u,
  roles: ['chair'],
  page: Policies,
  commands: policyCommands,
}

const entries: Screen = {
  id: 'entries',
  path: '/entries',
  at: /^\/entries(?:\/.*)?$/u,
  roles: ['expert', 'reviewer', 'chair'],
  bar: EntriesBar,
  page: Entries,
  turnTo: showAt,
}

const scripts: Screen = {
  id: 'scripts',
  path: '/scripts',
  at: /^\/scripts(?:\/(?:new|\d+|revisions\/\d+))?$/u,
  roles: ['expert', 'reviewer', 'chair'],
  bar: ScriptsBar,
  page: Scripts,
  turnTo: goToScript,
}

const insights: Screen = {
  id: 'insights',
  path: '/insights',
  at: /^\/insights(?:\/(?:gaps|loop|fcr|scripts))?$/u,
  roles: ['supervisor', 'chair', 'expert'],
  bar: InsightsBar,
  page: Insights,
  turnTo: goToInsight,
}

const callbacks: Screen = {
  id: 'callbacks',
  path: '/callbacks',
  at: /^\/callbacks$/u,
  roles: ['agent', 'supervisor'],
  bar: CallbacksBar,
  page: Callbacks,
  commands: callbackCommands,
}

const practice: Screen = {
  id: 'practice',
  path: '/practice',
  at: /^\/practice(?:\/\d+)?$/u,
  roles: ['agent', 'supervisor', 'chair'],
  page: Practice,
  turnTo: goToPractice,
}

const system: Screen = {
  id: 'system',
  path: '/system',
  at: /^\/system$/u,
  roles: ['supervisor', 'admin'],
  page: System,
  commands: systemCommands,
}

export const screens: readonly Screen[] = [
  desk,
  callbacks,
  practice,
  questions,
  entries,
  scripts,
  reviews,
  insights,
  policies,
  system,
]

/** Whose work is on which screen: the first of these roles that a person has decides where they land. */
const HOMES: readonly (readonly [Role, string])[] = [
  ['chair', 'reviews'],
  ['reviewer', 'reviews'],
  ['expert', 'entries'],
]

/** Where a person lands who asked for nothing else; a call that came with the address needs the desk. */
export function homeOf(roles: readonly Role[]): Screen {
  if (Object.keys(arrivedWith).length > 0) return desk
  const id = HOMES.find(([role]) => roles.includes(role))?.[1]
  return screens.find(one => one.id === id) ?? desk
}

/** The screen at an address; home for any that is not known. */
export const screenOf = (path: string, roles: readonly Role[]): Screen =>
  screens.find(one => one.at.test(path)) ?? homeOf(roles)

/** Shows what is at an address: on the screen that is shown, where it is one of its own, else by loading its page. */
export function goTo(address: string): void {
  const { pathname } = new URL(address, location.origin)
  const screen = screens.find(one => one.at.test(pathname))
  if (screen?.turnTo && screen.at.test(location.pathname)) void screen.turnTo(address)
  else location.assign(address)
}

/** The screens a person with these roles is shown the way to. */
export const screensFor = (roles: readonly Role[]): Screen[] =>
  screens.filter(one => one.roles.some(role => roles.includes(role)))
