import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import ScriptPage from '../../../web/scripts/ScriptPage.vue'
import { fileAddress } from '../../../web/scripts/reading.ts'
import { stubServer } from '../server-stub.ts'
import { METHOD, VIEW } from './sample.ts'

afterEach(() => {
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('a script in force', () => {
  it('is read as it sounds, with what it quotes and that a quote changed', async () => {
    stubServer({ 'GET /api/scripts/7': () => VIEW, 'GET /api/method': () => METHOD })
    const page = mount(ScriptPage, { props: { id: 7 }, global: { plugins: [i18n] }, attachTo: document.body })
    await flushPromises()
    await flushPromises()
    expect(page.find('.heard-step').text()).toContain('冰箱门少开。')
    expect(page.find('.heard-step').text()).toContain('已有新版')
    expect(page.find('.quote-states').text()).toContain('现为第 2 版')
    expect(page.find('.caution').text()).toContain('引用已更新')
    expect(page.find('.script-facts').text()).toContain('赵岚')
    page.unmount()
  })

  it('is had as a file in both formats', () => {
    expect(fileAddress(7, 'docx')).toBe('/api/scripts/7/file?format=docx')
    expect(fileAddress(7, 'markdown')).toBe('/api/scripts/7/file?format=markdown')
  })
})
