import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app/portal.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startLanguages } from './shared/i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the portal.');
await startLanguages();
createRoot(root).render(<App />);
