using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform().AddOrigin();

var app = builder.Build();
app.UsePlatform();
app.MapOrigin();
app.Run();
