using System.Globalization;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Promotions;
using NodaTime;
using NodaTime.Text;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>Months by the clock on the wall: at the local time and on the day of the first one, or on the last day of a month that is too short. A time
/// that the clocks skip comes as late as they were put forward; of one that comes twice, the first counts.</summary>
internal static class BillingCalendar
{
    private static readonly LocalTime ReminderTime = new(9, 0);

    // No clock is further from another.
    private static readonly TimeSpan Widest = TimeSpan.FromHours(26);

    public static Period First(DateTimeOffset now, string zone, TimeSpan grace, Discount? discount) =>
        Of(LocalOf(now, zone), 1, zone, grace, discount) with { Start = now };

    public static Period Trial(DateTimeOffset now, int days, string zone, TimeSpan grace)
    {
        var anchor = LocalOf(now, zone).PlusDays(days);
        var end = InstantOf(anchor, zone);
        return new Period(TextOf(anchor), 0, now, end, end + grace);
    }

    /// <summary>The one that follows, or, where those are past, the one of this moment: nobody pays for what they could not watch.</summary>
    public static Period Next(Period period, string zone, DateTimeOffset now, TimeSpan grace, Discount? discount)
    {
        var anchor = LocalDateTimePattern.ExtendedIso.Parse(period.Anchor).GetValueOrThrow();
        var next = Of(anchor, period.Number + 1, zone, grace, discount);
        while (next.End <= now) next = Of(anchor, next.Number + 1, zone, grace, discount);
        return next;
    }

    /// <summary>In the morning some days before a period ends; null where that is before it begins.</summary>
    /// <param name="period">Of the subscription.</param>
    /// <param name="zone">The subscription's, whose days count.</param>
    /// <param name="clock">The zone of the clock on which it is morning.</param>
    /// <param name="days">How many.</param>
    public static DateTimeOffset? ReminderOf(Period period, string zone, string clock, int days)
    {
        var at = InstantOf(LocalOf(period.End, zone).Date.PlusDays(-days) + ReminderTime, clock);
        return at > period.Start ? at : null;
    }

    /// <summary>Before it is that morning anywhere; null where there is none.</summary>
    public static DateTimeOffset? BeforeReminderOf(Period period, string zone, int days) => ReminderOf(period, zone, zone, days) - Widest;

    /// <summary>Whole local days: of the period, and how many of them are left: at least one while it lasts.</summary>
    public static (int Left, int Of) DaysLeft(Period period, string zone, DateTimeOffset now)
    {
        var (start, today, end) = (LocalOf(period.Start, zone).Date, LocalOf(now, zone).Date, LocalOf(period.End, zone).Date);
        var all = NodaTime.Period.DaysBetween(start, end);
        return (Math.Clamp(NodaTime.Period.DaysBetween(today, end), now < period.End ? 1 : 0, all), all);
    }

    /// <summary>As its owner reads it: <c>2026-01-31</c>.</summary>
    public static string DateOf(DateTimeOffset at, string zone) => LocalOf(at, zone).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static Period Of(LocalDateTime anchor, int number, string zone, TimeSpan grace, Discount? discount)
    {
        var end = InstantOf(anchor.PlusMonths(number), zone);
        return new Period(TextOf(anchor), number, InstantOf(anchor.PlusMonths(number - 1), zone), end, end + grace, discount);
    }

    private static string TextOf(LocalDateTime time) => LocalDateTimePattern.ExtendedIso.Format(time);

    private static LocalDateTime LocalOf(DateTimeOffset at, string zone) => Instant.FromDateTimeOffset(at).InZone(ZoneOf(zone)).LocalDateTime;

    private static DateTimeOffset InstantOf(LocalDateTime time, string zone) => time.InZoneLeniently(ZoneOf(zone)).ToInstant().ToDateTimeOffset();

    private static DateTimeZone ZoneOf(string zone) => Locale.ZoneOf(zone);
}
