// Opens reports in Chromium at three widths; says what is wrong with them and exits 1 if anything is.
//   CHROMIUM=PATH node check.mjs SHOTS REPORT.html...
import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg } from 'node:os';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHEET_MM = { width: 170, height: 255 }; // A4 less the margins of the report's style
const LOAD_MS = 1000;
const TOP_PX = 3600; // of a page, kept as a picture of its own
const HEAVY_MB = 4; // of the demo's twenty pictures and more; they were 13 once
const px = mm => Math.round(mm / 25.4 * 96);
const views = [
    { name: 'desk', width: 1280, height: 900 },
    { name: 'phone', width: 390, height: 844 },
    { name: 'paper', width: px(SHEET_MM.width), height: px(SHEET_MM.height), print: true },
];
let faults = 0;
const fault = text => { faults++; console.log(text); };

// What is wider than the page, and what is cut; on paper nothing can be scrolled.
function misfits({ print, tall }) {
    const found = [], wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide)
        found.push(`the page is ${document.documentElement.scrollWidth} px wide, expected ${wide}`);
    for (const e of document.querySelectorAll('figure, .short, .scroll')) {
        const what = `${e.tagName.toLowerCase()} '${e.textContent.trim().slice(0, 40)}'`;
        const box = e.getBoundingClientRect();
        if (print && e.scrollWidth > Math.ceil(box.width))
            found.push(`${what}: ${e.scrollWidth} px wide, expected ${Math.ceil(box.width)}`);
        if (print && !e.matches('.scroll') && box.height > tall)
            found.push(`${what}: ${box.height} px tall, expected one sheet of ${tall}`);
    }
    for (const e of document.querySelectorAll('caption')) { // what a table is stands there before it is scrolled
        const range = document.createRange();
        range.selectNodeContents(e);
        if (range.getBoundingClientRect().right > wide)
            found.push(`caption '${e.textContent.trim().slice(0, 40)}' goes beyond the page`);
    }
    for (const e of document.querySelectorAll('img'))
        if (!e.complete || !e.naturalWidth) found.push(`picture '${e.alt.slice(0, 40)}' is not shown`);
    return found;
}

// Texts of different blocks that lie over each other.
function overlaps() {
    const found = [], blocks = [];
    for (const e of document.querySelectorAll('h1,h2,h3,p,li,th,td,dt,dd,caption,figcaption')) {
        for (const text of e.childNodes) {
            if (text.nodeType !== Node.TEXT_NODE || !text.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const r of range.getClientRects())
                if (r.width > 1 && r.height > 1) blocks.push({ e, r });
        }
    }
    blocks.sort((a, b) => a.r.top - b.r.top);
    for (let i = 0; i < blocks.length; i++)
        for (let k = i + 1; k < blocks.length && blocks[k].r.top < blocks[i].r.bottom - 2; k++) {
            const a = blocks[i], b = blocks[k];
            if (a.e !== b.e && !a.e.closest('.scroll') === !b.e.closest('.scroll') &&
                Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left) > 2)
                found.push(`'${a.e.textContent.trim().slice(0, 40)}' lies over ` +
                           `'${b.e.textContent.trim().slice(0, 40)}'`);
        }
    return found;
}

// What paper must keep together: how tall each picture is there, in points, and the headings.
function paperParts() {
    return {
        tall: [...document.querySelectorAll('figure img')].map(e => e.getBoundingClientRect().height * 0.75),
        headings: [...document.querySelectorAll('h2,h3')].map(e => e.textContent.trim()),
    };
}

const TOP_PT = 20 / 25.4 * 72; // the style's margin

// A caption that stands higher on its page than its picture is tall was cut from it; a heading that ends a
// page was cut from its text.
function checkPages(pdf, { tall, headings }, where) {
    const bbox = execFileSync('pdftotext', ['-bbox', pdf, '-'], { maxBuffer: 1 << 28 }).toString();
    const words = [...bbox.matchAll(/yMin="([\d.]+)"[^>]*>([^<]*)<\/word>/g)];
    let next = 1;
    for (let i = 0; i + 1 < words.length && next <= tall.length; i++) {
        const label = (words[i][2] + ' ' + words[i + 1][2]).replace('\u00a0', ' ');
        const joint = words[i][2].replace('\u00a0', ' ');
        if (![label, joint].some(t => t === `Figure ${next}.` || t === `Figur ${next}.`)) continue;
        const above = Number(words[i][1]) - TOP_PT;
        if (above < tall[next - 1] - 3)
            fault(`${where}: figure ${next} has ${above.toFixed(0)} pt above its caption, expected its own ` +
                  `${tall[next - 1].toFixed(0)}: a page cuts it`);
        next++;
    }
    if (next <= tall.length) fault(`${where}: found the captions of ${next - 1} figures, expected ${tall.length}`);
    const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { maxBuffer: 1 << 28 }).toString().split('\f');
    pages.forEach((text, i) => {
        const last = text.trimEnd().split('\n').pop().trim();
        if (last && headings.includes(last)) fault(`${where}: page ${i + 1} ends in the heading '${last}'`);
    });
}

// Pictures are drawn when a reader comes near them; here all are looked at.
async function drawAll() {
    for (const e of document.images) e.loading = 'eager';
    await Promise.all([...document.images].map(e => e.decode().catch(() => { })));
}

const [shots, ...pages] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
for (const file of pages) {
    let quickest = Infinity;
    const megabytes = statSync(file).size / 1e6;
    if (megabytes > HEAVY_MB)
        fault(`${basename(file)}: ${megabytes.toFixed(1)} MB, expected ${HEAVY_MB} at most`);
    for (const view of views) {
        const context = await browser.newContext({ bypassCSP: true, viewport: view });
        const page = await context.newPage(), where = `${basename(file)}, ${view.name}`;
        page.on('request', r => {
            if (!/^(data|file):/.test(r.url())) fault(`${where}: asks for ${r.url()}`);
        });
        if (view.print) await page.emulateMedia({ media: 'print' });
        const before = Date.now();
        await page.goto('file://' + resolve(file), { waitUntil: 'load' });
        quickest = Math.min(quickest, Date.now() - before);
        await page.evaluate(drawAll);
        for (const text of await page.evaluate(misfits, { print: view.print, tall: view.height }))
            fault(`${where}: ${text}`);
        for (const text of await page.evaluate(overlaps)) fault(`${where}: ${text}`);
        const parts = await page.evaluate(paperParts);
        await page.addScriptTag({ content: axe });
        const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
        for (const v of violations)
            fault(`${where}: ${v.impact}: ${v.id}: ${v.help}, ${v.nodes.length} times, first ` +
                  v.nodes[0].target.join(' '));
        const stem = join(shots, `${basename(file, '.html')}.${view.name}`);
        if (view.print) {
            await page.pdf({ path: stem + '.pdf', format: 'A4', preferCSSPageSize: true });
            checkPages(stem + '.pdf', parts, where);
        } else {
            await page.screenshot({ path: stem + '.png', fullPage: true });
            const top = { x: 0, y: 0, width: view.width, height: TOP_PX };
            await page.screenshot({ path: stem + '.top.png', fullPage: true, clip: top });
        }
        await context.close();
    }
    const busy = loadavg()[0] > availableParallelism(); // then the clock measures others
    const said = `${basename(file)}: loads in ${quickest} ms`;
    if (quickest > LOAD_MS && !busy) fault(`${said}, expected ${LOAD_MS}`);
    else console.log(said + (busy ? ', the machine being busy' : ''));
}
await browser.close();
process.exit(faults ? 1 : 0);
