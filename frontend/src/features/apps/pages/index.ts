export { AppPage } from './AppPage';
export { AppsPage } from './AppsPage';
export { ChangePage, DeployPage } from './DeployPage';
