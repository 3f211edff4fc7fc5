using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform;

internal static class RangeErrors
{
    /// <summary>What the attributes of <paramref name="options"/>, which are a section within others, do not allow.</summary>
    public static IEnumerable<string> Of(string section, object options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults.Select(fault => $"{section}:{fault.MemberNames.First()}: {fault.ErrorMessage}");
    }
}
