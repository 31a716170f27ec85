/** Words of who has let an app act for them. */
export const connected = {
  "connected.sentence":
    "People can let an app act in their name, each for their own account. Here is who did, what they allowed, and the way to take it back.",
  "connected.looking": "Looking up who allowed this app something",
  "connected.at": "Looked up {when}",
  "connected.again": "Look again",
  "connected.everyone": "For everyone",
  "connected.everyoneSentence":
    "An admin allowed this for all people here, new ones too. It holds even where a person’s own permission is taken back.",
  "connected.people": "People",
  "connected.count": "{count, plural, one {# person} other {# people}} allowed it something themselves.",
  "connected.more":
    "There are more than these {count}. Search looks through these only. To take back for somebody else, use the command line with the sign-in name, or take back for all.",
  "connected.search": "Search people",
  "connected.searchHint": "Name, sign-in name or permission",
  "connected.names": "Show Microsoft’s names",
  "connected.shown": "{count, plural, =0 {Nobody fits} one {# person fits} other {# people fit}}",
  "connected.clear": "Show all",
  "connected.list": "People who allowed something",
  "connected.choose": "Choose {name}",
  "connected.chooseAll": "Choose all that are shown",
  "connected.chooseNone": "Choose none",
  "connected.chosen": "{count, plural, one {# person chosen} other {# people chosen}}",
  "connected.allowed": "What {name} allowed",
  "connected.off": "Account switched off",
  "connected.gone": "Account deleted",
  "connected.takeBack": "Take back",
  "connected.forAll": "All at once",
  "connected.forAllSentence":
    "Ends it for everybody: what each person allowed, and what an admin allowed for everyone. You see each step before anything is changed.",
  "connected.allButton": "Take back for all",
  "connected.noneTitle": "Nobody has let this app act for them",
  "connected.noneSentence":
    "When somebody signs in to the product with a work account and agrees, that person shows up here.",
  "connected.nobodyTitle": "No person allowed it anything",
  "connected.nobodySentence": "Only what an admin allowed for everyone holds.",
  "connected.noFitTitle": "Nobody fits",
  "connected.noFitSentence": "No name, sign-in name or permission has these letters.",
  "connected.what": "What taking back does, and what not",
  "connected.whatAsks": "The app has to ask the person again before it can get in again.",
  "connected.whatHours":
    "What it holds from before works on for up to about 90 minutes, with some products for up to 28 hours.",
  "connected.whatCopies": "What the product has copied stays with the product. Ask its vendor to delete it.",
  "connected.whatAgain": "A person can allow it again, unless only admins may allow apps here.",
  "connected.whatSessions":
    "If an account may be in wrong hands, revoke the person’s sessions too. Gatehouse does not do that.",
  "connected.whatSessionsLink": "How to revoke sessions",
  "connected.whatUndo": "Undoing gives each permission again as it was.",
} as const;
