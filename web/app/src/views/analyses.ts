export { default as HiddenEvent } from './hidden/HiddenEvent';
export { default as HiddenEvents } from './hidden/HiddenEvents';
export { default as JourneysPage } from './journeys/JourneysPage';
