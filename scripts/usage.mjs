/** Output of `npm start -- --help`. A test compares it with the options. */
export const USAGE = `
npm start sets everything up, then runs Throughline until Ctrl-C: the portal, the API, and everything behind it.

  npm start -- --port 4000           where the portal and the API are        (PORT, 3000)
               --mailbox-port 4080   where the inbox is                      (MAILBOX_PORT, 1080)
               --smtp-port 4025      where the inbox takes mail              (SMTP_PORT, 1025)
               --host 0.0.0.0        where the portal and the API listen     (HOST_ADDRESS, 127.0.0.1)
               --data /some/folder   where database, files and mails are     (DATA_FOLDER, .throughline)
               --demo fresh          sample data without a history             (DEMO, yes)
               --demo no             without sample data: found a vendor
               --help                this page

In brackets: the environment variable with the same meaning, and the default. Every other setting is a variable too: see .env.example.

With another --host than this machine's own, the sample accounts get a random password, which the first start prints once;
the inbox stays on this machine, and the page that moves the clock is left out.

npm run reset [-- --data /some/folder] removes the data, so that the next npm start seeds a new installation.
`;
