/** Words of Needs attention: what is wrong with apps, and what can be done about it. */
export const attention = {
  "attention.title": "Needs attention",
  "attention.sentence":
    "{count, plural, one {# thing about your apps is worth a look.} other {# things about your apps are worth a look.}}",
  "attention.sentenceLooking": "What is wrong with an app, or about to be, and what you can do about it.",
  "attention.looking": "Looking through the apps",
  "attention.search": "Find an app",
  "attention.ignoredToggle":
    "{count, plural, one {With # that you chose not to see} other {With # that you chose not to see}}",
  "attention.emptyTitle": "Nothing needs attention",
  "attention.emptySentence":
    "Secrets that end soon, apps that nobody owns, and access that is wider than needed will be listed here.",
  "attention.neverTitle": "Nobody has looked yet",
  "attention.neverSentence":
    "Let Gatehouse read the organisation’s apps first. Then it can say what needs attention.",
  "attention.neverButton": "Go to the apps",
  "attention.noneTitle": "Nothing fits “{text}”",
  "attention.noneSentence": "Look for a part of the app’s name.",
  "attention.found": "{count, plural, =0 {Nothing fits} one {# fits} other {# fit}}",
  "attention.count": "{count, number}",
  "attention.more": "Show more",
  "attention.removeAll":
    "{count, plural, one {Remove what ended in # app} other {Remove what ended in # apps}}",
  "attention.ignored": "You chose not to see these",

  "gaps.title": "Could not be looked at",
  "gaps.sentence": "Where Gatehouse could not look, it finds nothing. That does not mean that all is well.",
  "gaps.about":
    "{apps, plural, one {It matters for # app} other {It matters for # apps}}. Cannot tell: {rules}.",

  "finding.evidence": "What was seen",
  "finding.open": "All about {name}",
  "finding.ignore": "Do not show",
  "finding.ignoreLabel": "Do not show: {title}",
  "finding.showAgain": "Show again",
  "finding.showAgainLabel": "Show again: {title}",
  "finding.ignoredUntil": "Not shown until {when}: {reason}",
  "finding.ignoredAlways": "Not shown any more: {reason}",
  "finding.ignoreTitle": "Do not show this for a while",
  "finding.reason": "Why is this all right?",
  "finding.reasonHint": "Whoever looks later reads this. For example: the vendor replaces it in March.",
  "finding.until": "Until when",
  "finding.untilDays": "For {days} days, until {when}",
  "finding.untilDate": "Until a day",
  "finding.untilAlways": "For good",
  "finding.untilDay": "The day on which it is shown again",
  "finding.ignoreButton": "Do not show",
} as const;
