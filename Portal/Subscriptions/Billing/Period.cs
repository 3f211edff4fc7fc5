using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What is paid for, or the trial.</summary>
/// <param name="Anchor">The local time at which the first paid period began, <c>2026-01-31T10:00:00</c>: all are counted from it, so that the 31st
/// comes back after February.</param>
/// <param name="Number">1, 2, … from the anchor; 0 for the trial before it.</param>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it.</param>
/// <param name="GraceEnd">Until when its owner may watch on while the renewal is not paid.</param>
/// <param name="Discount">That it was charged with.</param>
internal sealed record Period(string Anchor, int Number, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset GraceEnd, Discount? Discount = null);
