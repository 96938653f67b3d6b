import './styles/layers.css'
import './styles/reset.css'
import './styles/tokens.css'
import './styles/base.css'
import { createApp } from 'vue'
import { serverNow, watchConnection } from './api/index.ts'
import App from './app/App.vue'
import { i18n } from './app/i18n.ts'
import { screens } from './app/screens.ts'
import { loadSession } from './app/session.ts'
import { applyTheme } from './app/theme.ts'
import { startClock } from './ui/now.ts'

applyTheme()
startClock(serverNow)
watchConnection()
void loadSession()
screens.find(one => one.at.test(location.pathname))?.begin?.()
createApp(App).use(i18n).mount('#app')
