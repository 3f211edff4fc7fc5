import { chromium } from 'playwright-core';

/** Debian's Chromium; FLICKSTREAM_TEST_CHROMIUM names another one. */
export const launch = () => chromium.launch({
  executablePath: process.env.FLICKSTREAM_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required',
  ],
});
