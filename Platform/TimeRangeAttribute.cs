using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace FlickStream.Platform;

/// <summary>Of a setting: a time from one to another, or none. <see cref="RangeAttribute"/> reads its limits at the first check, and throws where two hosts of one
/// process check at once.</summary>
/// <param name="minimum">As <see cref="TimeSpan"/> writes it.</param>
/// <param name="maximum">The same.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    private readonly TimeSpan _minimum = TimeSpan.Parse(minimum, CultureInfo.InvariantCulture);
    private readonly TimeSpan _maximum = TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);

    public string Minimum => minimum;

    public string Maximum => maximum;

    public override bool IsValid(object? value) => value is null || (value is TimeSpan time && time >= _minimum && time <= _maximum);

    public override string FormatErrorMessage(string name) => $"The field {name} must be between {minimum} and {maximum}.";
}
