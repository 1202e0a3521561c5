import { mount } from 'svelte';
import * as v from 'valibot';
import { isLanguage, LANGUAGES } from '#lib/course/language.ts';
import { stageInfo } from '#lib/preview/package.ts';
import '#lib/ui/app.css';
import Stage from './Stage.svelte';
import { recallTheme } from './storage.ts';

recallTheme();
const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
const language = asked.map((one) => one?.slice(0, 2)).find(isLanguage) ?? LANGUAGES[0];
const info = v.parse(stageInfo, await (await fetch('package.json')).json());
mount(Stage, { target: document.getElementById('app')!, props: { info, start: language } });
