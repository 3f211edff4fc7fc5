using System.ComponentModel.DataAnnotations;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class PlanningOptionsTests
{
    /// <summary>ultrafast was accepted, and then every chunk was rejected because its profile was not the rung's.</summary>
    [Theory]
    [InlineData("ultrafast", false)]
    [InlineData("superfast", true)]
    [InlineData("slower", true)]
    [InlineData("instant", false)]
    public void Only_presets_that_write_the_declared_profile_are_accepted(string preset, bool accepted)
    {
        var options = new PlanningOptions { Preset = preset };
        Assert.Equal(accepted, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }
}
