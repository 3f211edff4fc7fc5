using System.Globalization;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Tests.Subscriptions;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2027-01-31T10:00:00Z", "UTC", "2027-02-28T10:00:00Z 2027-03-31T10:00:00Z 2027-04-30T10:00:00Z 2027-05-31T10:00:00Z")]
    [InlineData("2028-01-30T10:00:00Z", "UTC", "2028-02-29T10:00:00Z 2028-03-30T10:00:00Z 2028-04-30T10:00:00Z 2028-05-30T10:00:00Z")]
    [InlineData("2028-02-29T23:30:00Z", "UTC", "2028-03-29T23:30:00Z 2028-04-29T23:30:00Z 2028-05-29T23:30:00Z 2028-06-29T23:30:00Z")]
    // The clocks go forward at two on the 28th of March: at half past two of that day it is half past three.
    [InlineData("2027-02-28T01:30:00Z", "Europe/Berlin", "2027-03-28T01:30:00Z 2027-04-28T00:30:00Z 2027-05-28T00:30:00Z 2027-06-28T00:30:00Z")]
    // They go back at three on the 31st of October: half past two comes twice, and the first counts.
    [InlineData("2027-08-31T00:30:00Z", "Europe/Berlin", "2027-09-30T00:30:00Z 2027-10-31T00:30:00Z 2027-11-30T01:30:00Z 2027-12-31T01:30:00Z")]
    // The 31st there is the 1st in London.
    // Of a later version of the program, which has gone back to this one.
    [InlineData("2027-01-31T10:00:00Z", "Mars/Olympus", "2027-02-28T10:00:00Z 2027-03-31T10:00:00Z 2027-04-30T10:00:00Z 2027-05-31T10:00:00Z")]
    [InlineData("2027-01-01T02:00:00Z", "America/New_York", "2027-02-01T02:00:00Z 2027-03-01T02:00:00Z 2027-04-01T01:00:00Z 2027-05-01T01:00:00Z")]
    public void Months_end_on_the_day_and_at_the_time_they_began_by_the_clock_of_the_account(string start, string zone, string ends)
    {
        var now = At(start);
        var period = BillingCalendar.First(now, zone, TimeSpan.FromDays(7), null);
        Assert.Equal(now, period.Start);
        foreach (var end in ends.Split(' '))
        {
            Assert.Equal(At(end), period.End);
            Assert.Equal(At(end).AddDays(7), period.GraceEnd);
            var next = BillingCalendar.Next(period, zone, period.End, TimeSpan.FromDays(7), null);
            Assert.Equal((period.End, period.Number + 1), (next.Start, next.Number));
            period = next;
        }
    }

    [Fact]
    public void Reminders_come_in_the_morning_of_the_account()
    {
        var period = BillingCalendar.First(At("2027-03-01T20:00:00Z"), "Asia/Tokyo", TimeSpan.Zero, null);
        Assert.Equal(At("2027-03-30T00:00:00Z"), BillingCalendar.ReminderOf(period, "Asia/Tokyo", "Asia/Tokyo", 3));
        Assert.Null(BillingCalendar.ReminderOf(BillingCalendar.Trial(At("2027-03-01T20:00:00Z"), 2, "UTC", TimeSpan.Zero), "UTC", "UTC", 3));
    }

    [Theory]
    [InlineData("2027-01-01T10:00:00Z", 31)]
    [InlineData("2027-01-31T23:59:00Z", 1)]
    [InlineData("2027-02-01T09:59:59Z", 1)]
    [InlineData("2027-02-01T10:00:00Z", 0)]
    public void Of_a_period_there_is_a_day_left_until_its_last_moment(string now, int left)
    {
        var period = BillingCalendar.First(At("2027-01-01T10:00:00Z"), "UTC", TimeSpan.FromDays(7), null);
        Assert.Equal((left, 31), BillingCalendar.DaysLeft(period, "UTC", At(now)));
    }

    [Theory]
    [InlineData("9.999", "USD", "10.00", 1000)]
    [InlineData("9.985", "EUR", "9.99", 999)]
    [InlineData("889.5", "JPY", "890", 890)]
    public void Money_is_whole_in_the_smallest_coin_of_its_currency(string amount, string currency, string rounded, long minor)
    {
        var money = new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), currency);
        Assert.Throws<InvalidOperationException>(() => money.ToMinor());
        Assert.Equal($"{rounded} {currency}", money.Rounded().ToString());
        Assert.Equal(minor, money.Rounded().ToMinor());
        Assert.Equal(money.Rounded(), Money.OfMinor(minor, currency));
        Assert.Throws<InvalidOperationException>(() => money.Plus(new Money(1, "CHF")));
    }

    [Theory]
    [InlineData(25, null, "1490", "1118")]
    [InlineData(100, null, "1490", "0")]
    [InlineData(99, null, "1490", "50")]
    [InlineData(null, "500", "1490", "990")]
    [InlineData(null, "2000", "1490", "0")]
    public void A_discount_never_pays_anybody(int? percent, string? amount, string price, string left)
    {
        var discount = new Discount("X", percent, amount is null ? null : new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), "JPY"), null);
        Assert.Equal(decimal.Parse(left, CultureInfo.InvariantCulture), discount.Off(new PlanChoice("basic", new Money(decimal.Parse(price, CultureInfo.InvariantCulture), "JPY"))).Amount);
    }

    [Fact]
    public void Whoever_is_not_to_be_reminded_is_not_due_before_the_end()
    {
        var period = BillingCalendar.First(At("2027-01-31T20:00:00Z"), "UTC", TimeSpan.Zero, null);
        var going = PeriodMoves.Into(
            new Subscription
            {
                Id = "s", AccountId = "a", State = SubscriptionState.Active, Plan = new PlanChoice("basic", new Money(7.99m, "USD")), TimeZone = "UTC", TrialDays = 0,
                CreatedAt = period.Start,
            },
            period, new SubscriptionOptions());
        Assert.Equal(going.RemindAt, SubscriptionTimes.DueAt(going));
        Assert.Equal(period.End, SubscriptionTimes.DueAt(going with { IsEnding = true }));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
